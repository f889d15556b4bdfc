const signs: Readonly<Record<string, string>> = { "&quot;": '"', "&amp;": "&", "&lt;": "<", "&gt;": ">" };

/** An attribute of a tag as React writes it, its signs decoded; undefined where the tag has none of the name. */
export function attributeOf(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return value?.replace(/&(?:quot|amp|lt|gt|#x27|#39);/g, (entity) => signs[entity] ?? "'");
}

/** Without what the clock says on a page in Bahasa Malaysia: figures, and which time of day it is. */
export const withoutTime = (text: string): string => text.replace(/\d+|pagi|tengah hari|petang|malam/g, "#");
