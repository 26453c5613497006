import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { useSession } from "../../lib/session.ts";
import { useOrgUnits } from "../users/user-api.ts";

interface Props {
  id?: string;
  value?: number | null;
  onChange?: (unitId: number | null) => void;
}

/** Whose people a board shows: a unit that this person sees, or everybody for who sees everybody. */
export function UnitSelect({ value, onChange, id }: Props) {
  const { t } = useTranslation();
  const session = useSession();
  const units = useOrgUnits().data ?? [];
  const seesAll = session.scope === "all";
  const isBelow = (unitId: number | null): boolean =>
    unitId !== null &&
    (unitId === session.orgUnitId || isBelow(units.find((unit) => unit.id === unitId)?.parentId ?? null));
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      aria-label={t("wallboards.unit")}
      style={{ minWidth: 160 }}
      value={value ?? 0}
      onChange={(unitId: number) => onChange?.(unitId || null)}
      options={[
        ...(seesAll ? [{ value: 0, label: t("wallboards.everybody") }] : []),
        ...units
          .filter((unit) => seesAll || isBelow(unit.id))
          .map((unit) => ({ value: unit.id, label: unit.name })),
      ]}
    />
  );
}
