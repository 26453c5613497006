import { Flex, theme, Tooltip, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { LiveDialler } from "../../../shared/live-dialler.ts";
import { formatNumber, formatShare } from "../../lib/format.ts";
import { Figure } from "../../ui/figure.tsx";

type Abandons = LiveDialler["abandons"];

/** The share of abandons against the ceiling, with its upper bound as a lighter bar behind. */
function Meter({ abandons }: { abandons: Abandons }) {
  const { t } = useTranslation();
  const { token } = theme.useToken();
  const { ceiling, today, upper } = abandons;
  const share = today.answers === 0 ? 0 : today.abandoned / today.answers;
  const full = 2 * ceiling;
  const width = (value: number) => `${Math.min(100, (100 * value) / full)}%`;
  const bar = (value: number, opacity: number) => ({
    position: "absolute" as const,
    inset: 0,
    right: "auto",
    width: width(value),
    borderRadius: 4,
    opacity,
    background: share > ceiling ? token.colorError : token.colorPrimary,
  });
  const words = { share: formatShare(share, 1, 2), ceiling: formatShare(ceiling, 1) };
  return (
    <div
      role="img"
      aria-label={t("dialler.meter", words)}
      style={{ position: "relative", height: 8, borderRadius: 4, background: token.colorFillSecondary }}
    >
      <div style={bar(upper, 0.25)} />
      <div style={bar(share, 1)} />
      <div
        style={{
          position: "absolute",
          left: width(ceiling),
          top: -4,
          bottom: -4,
          width: 2,
          background: token.colorError,
        }}
      />
    </div>
  );
}

function Rule({
  name,
  help,
  answers,
  abandoned,
  to,
}: {
  name: string;
  help: string;
  answers: number;
  abandoned: number;
  to: string;
}) {
  const { t } = useTranslation();
  const part = formatNumber(Math.round(abandoned * 10) / 10);
  return (
    <Tooltip title={help}>
      <Flex vertical>
        <Typography.Text type="secondary" style={{ fontSize: 13 }}>
          {name}
        </Typography.Text>
        <Link to={to} className="figure-link num">
          {formatShare(abandoned, answers, 2)}{" "}
          <Typography.Text type="secondary">
            {t("dialler.of", { part, whole: formatNumber(Math.round(answers)) })}
          </Typography.Text>
        </Link>
      </Flex>
    </Tooltip>
  );
}

/** Live answers, abandons, the ceiling and what is left of it, and the same by the rules of two countries. */
export function AbandonBudget({ panel, calls }: { panel: LiveDialler; calls: (days: number) => string }) {
  const { t } = useTranslation();
  const { abandons } = panel;
  const { ceiling, today, upper, left, us, ofcom } = abandons;
  const isOver = today.answers > 0 && today.abandoned / today.answers > ceiling;
  const limit = formatShare(ceiling, 1);
  return (
    <Flex vertical gap={14}>
      <Flex wrap gap="12px 28px">
        <Figure
          label={t("dialler.liveAnswers")}
          value={formatNumber(today.answers)}
          to={`${calls(0)}&counted=answered`}
        />
        <Figure
          label={t("dialler.abandoned")}
          value={formatNumber(today.abandoned)}
          to={`${calls(0)}&counted=abandoned`}
          tone={isOver ? "bad" : "default"}
        />
        {left !== null && (
          <Figure
            label={t("dialler.left")}
            value={formatNumber(Math.max(0, Math.floor(left * 10) / 10))}
            tone={left < 1 ? "bad" : "default"}
          />
        )}
        <Figure
          label={t("dialler.share", { ceiling: limit })}
          value={today.answers === 0 ? "–" : formatShare(today.abandoned, today.answers, 2)}
          tone={isOver ? "bad" : "default"}
        />
      </Flex>
      {today.answers === 0 ? (
        <Typography.Text type="secondary">{t("dialler.noAnswers", { ceiling: limit })}</Typography.Text>
      ) : (
        <Flex vertical gap={6}>
          <Meter abandons={abandons} />
          <Typography.Text type="secondary" style={{ fontSize: 12 }}>
            {t("dialler.upper", { upper: formatShare(upper, 1, 2) })}
          </Typography.Text>
        </Flex>
      )}
      <Flex wrap gap="10px 28px">
        <Rule
          name={t("dialler.us")}
          help={t("dialler.usHelp")}
          {...us}
          to={`${calls(30)}&counted=abandoned`}
        />
        <Rule
          name={t("dialler.ofcom")}
          help={t("dialler.ofcomHelp", { estimated: formatNumber(Math.round(ofcom.estimated * 10) / 10) })}
          answers={ofcom.answers}
          abandoned={ofcom.abandoned}
          to={`${calls(1)}&counted=abandoned`}
        />
      </Flex>
    </Flex>
  );
}
