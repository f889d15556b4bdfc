import type { office } from "#db/schema/office.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";

export type Office = Pick<typeof office.$inferSelect, "id" | "code" | "name" | "emailDomains" | "retiredAt">;
export const officeRefusals = ["office_missing", "office_unknown", "office_ambiguous", "office_retired"] as const;
export type OfficeRefusal = (typeof officeRefusals)[number];

const plain = (text: string): string => text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();

/**
 * Finds the office that a row means, by code and name, or by one of them where it is only one office's; "1009 Pejabat
 * Negeri" in one cell is both. Refuses what means several, none, or one that is retired.
 */
export function officeMatcher(
  offices: readonly Office[],
): (code: string, name: string) => Result<Office, OfficeRefusal> {
  const by = new Map<string, Office[]>();
  for (const one of offices) {
    const [code, name] = [plain(one.code), plain(one.name)];
    for (const key of new Set([`code:${code}`, `name:${name}`, `both:${code} ${name}`]))
      by.set(key, [...(by.get(key) ?? []), one]);
  }
  return (code, name) => {
    const [c, n] = [plain(code), plain(name)];
    if (c === "" && n === "") return refuse("office_missing");
    const keys =
      c !== "" && n !== "" ? [`both:${c} ${n}`, `both:${n}`] : [`code:${c || n}`, `name:${c || n}`, `both:${c || n}`];
    const found = keys.map((key) => by.get(key) ?? []).find(({ length }) => length > 0) ?? [];
    // A code that came without its leading zeros, as spreadsheets take them away.
    const meant = found.length > 0 ? found : withoutZeros(offices, c, n);
    const open = meant.filter(({ retiredAt }) => retiredAt === null);
    if (open.length > 1) return refuse("office_ambiguous");
    if (open[0]) return ok(open[0]);
    return refuse(meant.length > 0 ? "office_retired" : "office_unknown");
  };
}

function withoutZeros(offices: readonly Office[], code: string, name: string): readonly Office[] {
  if (!/^[1-9]\d*$/.test(code)) return [];
  return offices.filter(
    (one) =>
      /^0+/.test(one.code) && plain(one.code).replace(/^0+/, "") === code && (name === "" || plain(one.name) === name),
  );
}
