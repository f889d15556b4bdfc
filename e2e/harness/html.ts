const signs: Readonly<Record<string, string>> = { "&quot;": '"', "&amp;": "&", "&lt;": "<", "&gt;": ">" };

/** An attribute of a tag as React writes it, its signs decoded; undefined where the tag has none of the name. */
export function attributeOf(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return value?.replace(/&(?:quot|amp|lt|gt|#x27|#39);/g, (entity) => signs[entity] ?? "'");
}
