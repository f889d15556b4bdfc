import type { ReactNode } from "react";
import type { Language } from "#lib/kernel/context.ts";

export type Words = { now: Date; language: Language };

type WorkTableProps = {
  heads: readonly string[];
  /** As many cells as heads; the first leads to what is done. */
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
};

/** A table on a desk, a card for each row on a phone. */
export function WorkTable({ heads, rows }: WorkTableProps) {
  return (
    <table className="table mt-4">
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells }) => (
          <tr key={key}>
            {cells.map((cell, place) => (
              <td key={heads[place]} data-l={heads[place]} className={place === 0 ? "lead-cell" : undefined}>
                <span>{cell}</span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
