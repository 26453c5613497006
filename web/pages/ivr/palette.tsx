import { Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { BlockKind } from "../../../shared/ivr/blocks.ts";
import { draggedKind } from "./canvas.tsx";
import { groups, kindIcons } from "./kinds.tsx";

/** Blocks to be dragged into the drawing, or added behind the chosen one by a press. */
export function Palette({ onAdd }: { onAdd: (kind: BlockKind) => void }) {
  const { t } = useTranslation();
  return (
    <nav className="ivr-palette" aria-label={t("ivr.palette")}>
      {groups.map(({ key, kinds }) => (
        <div key={key}>
          <h3>{t(`ivr.group.${key}`)}</h3>
          {kinds.map((kind) => (
            <button
              key={kind}
              type="button"
              draggable
              className={`ivr-kind ivr-${key}`}
              title={t(`ivr.help.${kind}`)}
              onDragStart={(event) => {
                event.dataTransfer.setData(draggedKind, kind);
                event.dataTransfer.effectAllowed = "copy";
              }}
              onClick={() => onAdd(kind)}
            >
              <span className="ivr-icon" aria-hidden>
                {kindIcons[kind]}
              </span>
              {t(`ivr.kind.${kind}`)}
            </button>
          ))}
        </div>
      ))}
    </nav>
  );
}

const all = groups.flatMap(({ key, kinds }) => kinds.map((kind) => ({ key, kind })));

/** The same by typing: arrows choose, Enter adds. */
export function BlockSearch({ onAdd, onClose }: { onAdd: (kind: BlockKind) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const wanted = text.trim().toLowerCase();
  const found = all.filter(({ kind }) =>
    `${t(`ivr.kind.${kind}`)} ${kind} ${t(`ivr.help.${kind}`)}`.toLowerCase().includes(wanted),
  );
  const chosen = found[Math.min(at, found.length - 1)];
  return (
    <Modal open title={t("ivr.addBlock")} footer={null} onCancel={onClose} destroyOnHidden>
      <Input
        autoFocus
        role="combobox"
        aria-expanded
        aria-controls="ivr-kinds"
        aria-activedescendant={chosen && `ivr-kind-${chosen.kind}`}
        aria-label={t("ivr.searchBlock")}
        placeholder={t("ivr.searchBlock")}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
          if (step !== undefined) {
            event.preventDefault();
            setAt((before) => Math.max(0, Math.min(found.length - 1, before + step)));
          }
          if (event.key === "Enter" && chosen) {
            event.preventDefault();
            onAdd(chosen.kind);
          }
        }}
      />
      <div id="ivr-kinds" role="listbox" className="ivr-found" aria-label={t("ivr.palette")}>
        {found.map(({ key, kind }) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field above chooses by arrows
          <div
            key={kind}
            id={`ivr-kind-${kind}`}
            role="option"
            tabIndex={-1}
            aria-selected={kind === chosen?.kind}
            className={`ivr-option ivr-${key}`}
            onClick={() => onAdd(kind)}
          >
            <span className="ivr-icon" aria-hidden>
              {kindIcons[kind]}
            </span>
            <span>
              <strong>{t(`ivr.kind.${kind}`)}</strong>
              <small>{t(`ivr.help.${kind}`)}</small>
            </span>
          </div>
        ))}
        {found.length === 0 && <p>{t("common.nothingFound")}</p>}
      </div>
    </Modal>
  );
}
