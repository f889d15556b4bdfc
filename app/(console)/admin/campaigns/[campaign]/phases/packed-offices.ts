/** What stands at the end of an id is random: enough of it to tell one office from another. */
const END = 8;

/** Ids short enough for the cookie that carries what was typed to a fresh proof and back, however many there are. */
export const packOffices = (ids: readonly string[]): string => ids.map((id) => id.slice(-END)).join(" ");

/** The ids that packed ones stand for, among those there are; one that could be two offices is neither. */
export function unpackOffices(packed: string, ids: readonly string[]): string[] {
  return packed.split(" ").flatMap((end) => {
    const meant = end === "" ? [] : ids.filter((id) => id.endsWith(end));
    return meant.length === 1 ? meant : [];
  });
}
