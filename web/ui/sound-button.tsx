import { CaretRightOutlined, PauseOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useEffect, useRef, useState } from "react";

/** Plays a short sound of the server and stops it. */
export function SoundButton({ url, label }: { url: string; label: string }) {
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  useEffect(() => () => audio.current?.pause(), []);
  const toggle = () => {
    if (playing) return audio.current?.pause();
    const sound = new Audio(url);
    audio.current = sound;
    sound.addEventListener("pause", () => setPlaying(false));
    setPlaying(true);
    sound.play().catch(() => setPlaying(false));
  };
  return (
    <Button
      size="small"
      shape="circle"
      icon={playing ? <PauseOutlined /> : <CaretRightOutlined />}
      aria-label={label}
      onClick={toggle}
    />
  );
}
