import { NumberOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ariaKeys } from "../../features/desk/shortcuts.ts";
import { useShortcuts } from "../../features/desk/use-keys.ts";

const keys = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];
const letters: Record<string, string> = {
  "2": "ABC",
  "3": "DEF",
  "4": "GHI",
  "5": "JKL",
  "6": "MNO",
  "7": "PQRS",
  "8": "TUV",
  "9": "WXYZ",
};

interface Props {
  label: string;
  onDigit: (digit: string) => void;
}

function showAndFocus(pad: HTMLElement | null): void {
  pad?.scrollIntoView({ block: "nearest" });
  pad?.querySelector("button")?.focus({ preventScroll: true });
}

/** Twelve keys of a telephone; what was pressed stays visible. Typed digits work while a key has focus. */
export function DialPad({ label, onDigit }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [sent, setSent] = useState("");
  useShortcuts({ keypad: () => setOpen((was) => !was) });
  const press = (digit: string) => {
    setSent((before) => (before + digit).slice(-16));
    onDigit(digit);
  };
  return (
    <div className="desk-keypad">
      <Button
        type="text"
        block
        icon={<NumberOutlined />}
        aria-expanded={open}
        aria-keyshortcuts={ariaKeys("keypad")}
        onClick={() => setOpen(!open)}
      >
        {label}
      </Button>
      {open && (
        <div
          role="group"
          ref={showAndFocus}
          aria-label={label}
          onKeyDown={(event) => {
            if (!/^[0-9*#]$/.test(event.key)) return;
            event.preventDefault();
            event.stopPropagation();
            press(event.key);
          }}
        >
          <output className="desk-keypad-sent num" aria-label={t("desk.digitsSent")}>
            {sent || "\u00a0"}
          </output>
          <div className="desk-keypad-grid">
            {keys.map((key) => (
              <Button key={key} aria-label={key} onClick={() => press(key)}>
                <span className="desk-keypad-digit">{key}</span>
                <span className="desk-keypad-letters">{letters[key] ?? "\u00a0"}</span>
              </Button>
            ))}
          </div>
        </div>
      )}
    </div>
  );
}
