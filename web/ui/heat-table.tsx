import { theme, Tooltip } from "antd";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useDark } from "../lib/theme.ts";

export interface HeatCell {
  /** Between 0 and 1, of the strongest colour; null: nothing to show. */
  heat: number | null;
  text: string;
  /** Said in full, for the tooltip and for those who cannot see the colour. */
  detail: ReactNode;
  label: string;
  to: string;
}

interface Props {
  label: string;
  corner: string;
  columns: readonly string[];
  /** A cell for each column; undefined: nothing happened there. */
  rows: readonly { name: string; cells: readonly (HeatCell | undefined)[] }[];
}

/** Behind light text the strongest colour of the dark theme would be too bright. */
const strongest = { light: 100, dark: 70 };

/** A heat map that is a table: read and walked through like one, each cell a link to what it counts. */
export function HeatTable({ label, corner, columns, rows }: Props) {
  const { token } = theme.useToken();
  const dark = useDark();
  const colours = (heat: number) => ({
    background: `color-mix(in srgb, ${token.colorPrimary} ${Math.round(
      6 + heat * (strongest[dark ? "dark" : "light"] - 6),
    )}%, ${token.colorBgContainer})`,
    color: !dark && heat > 0.55 ? "#fff" : token.colorText,
  });
  return (
    <div style={{ overflowX: "auto" }}>
      <table className="heat-table num" aria-label={label}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{corner}</span>
            </th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, cells }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {cells.map((cell, index) => (
                <td key={columns[index]}>
                  {cell && (
                    <Tooltip title={cell.detail} trigger={["hover", "focus"]}>
                      <Link
                        to={cell.to}
                        aria-label={cell.label}
                        style={cell.heat === null ? {} : colours(cell.heat)}
                      >
                        {cell.text}
                      </Link>
                    </Tooltip>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
