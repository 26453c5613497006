import { theme } from "antd";
import { useEffect, useRef } from "react";
import { meterOf, meterShare } from "../../phone/level-meter.ts";

interface Props {
  stream: MediaStream | null;
  label: string;
  width?: number | string;
  /** Told with each reading, in dBFS. */
  onLevel?: (db: number) => void;
}

/** How loud a stream is, drawn once a frame and only while the page is seen. */
export function LevelBar({ stream, label, width = 64, onLevel }: Props) {
  const { token } = theme.useToken();
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!stream) return () => {};
    const meter = meterOf(stream);
    let frame = requestAnimationFrame(draw);
    function draw() {
      const db = meter.read();
      onLevel?.(db);
      if (bar.current) bar.current.style.transform = `scaleX(${meterShare(db).toFixed(3)})`;
      frame = requestAnimationFrame(draw);
    }
    return () => {
      cancelAnimationFrame(frame);
      meter.close();
    };
  }, [stream, onLevel]);
  return (
    <div
      role="img"
      aria-label={label}
      title={label}
      style={{ width, height: 6, borderRadius: 3, overflow: "hidden", background: token.colorFillSecondary }}
    >
      <div
        ref={bar}
        style={{
          height: "100%",
          transform: "scaleX(0)",
          transformOrigin: "left",
          background: token.colorSuccess,
        }}
      />
    </div>
  );
}
