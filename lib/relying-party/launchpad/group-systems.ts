import type { Language } from "#lib/kernel/context.ts";
import type { System } from "./list-systems.ts";

/** With more systems than this there is a field to search them by. */
export const SEARCH_ABOVE = 8;

/** `category`: null where those stand that are under none. */
export type SystemGroup = { category: string | null; systems: System[] };

const collators = {
  ms: new Intl.Collator("ms", { sensitivity: "base", numeric: true }),
  en: new Intl.Collator("en", { sensitivity: "base", numeric: true }),
};

/**
 * Systems by category and, within it, by name, so that each stays where it was found yesterday; those under none come
 * last. Categories that differ in case or outer spaces alone are one.
 */
export function groupSystems(systems: readonly System[], language: Language): SystemGroup[] {
  const { compare } = collators[language];
  const groups: SystemGroup[] = [];
  for (const system of systems.toSorted((a, b) => compare(a.name, b.name) || compare(a.id, b.id))) {
    const category = system.category?.trim() || null;
    const group = groups.find(({ category: has }) =>
      has === null || category === null ? has === category : compare(has, category) === 0,
    );
    if (group) group.systems.push(system);
    else groups.push({ category, systems: [system] });
  }
  return groups.toSorted((a, b) => {
    if (a.category === null || b.category === null) return Number(a.category === null) - Number(b.category === null);
    return compare(a.category, b.category);
  });
}

const folded = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

type Searchable = Pick<System, "name" | "descriptionMs" | "descriptionEn" | "category"> &
  Partial<Pick<System, "roles">>;

/** Those that have every word of `sought` in their name, description, category or the person's roles. */
export function searchSystems<S extends Searchable>(systems: readonly S[], sought: string): S[] {
  const words = folded(sought).split(/\s+/u).filter(Boolean);
  return systems.filter(({ name, descriptionMs, descriptionEn, category, roles = [] }) => {
    const texts = [
      name,
      descriptionMs,
      descriptionEn,
      category,
      ...roles.flatMap((role) => [role.nameMs, role.nameEn]),
    ];
    const has = folded(texts.filter((text) => text !== null).join("\n"));
    return words.every((word) => has.includes(word));
  });
}
