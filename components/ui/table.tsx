import type { ReactNode } from "react";
import { tableRoles } from "./table-roles.ts";

type TableProps = {
  heads: readonly string[];
  /** As many cells as heads; the first says what the row is about. */
  rows: readonly { key: string | number; cells: readonly ReactNode[] }[];
  className?: string;
};

/** A table on a desk, a card for each row on a phone. */
export function Table({ heads, rows, className = "" }: TableProps) {
  return (
    <table className={`table ${className}`.trim()} {...tableRoles.table}>
      <thead {...tableRoles.group}>
        <tr {...tableRoles.row}>
          {heads.map((head) => (
            <th key={head} {...tableRoles.head}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody {...tableRoles.group}>
        {rows.map(({ key, cells }) => (
          <tr key={key} {...tableRoles.row}>
            {cells.map((cell, place) => (
              <td
                key={heads[place]}
                data-l={heads[place]}
                className={place === 0 ? "lead-cell" : undefined}
                {...tableRoles.cell}
              >
                <span>{cell}</span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
