import { createHash } from "node:crypto";

/** What an approval is made of: texts, and objects of them. Numbers are written as texts, so that none is ever rounded. */
export type Canonical = string | { readonly [member: string]: Canonical };

/**
 * JSON Canonicalization Scheme (RFC 8785) of texts and objects: no white space, members in the order of their UTF-16 code
 * units (§3.2.3), texts as ECMAScript writes them (§3.2.2.2). Texts must be well formed.
 */
export function canonicalJson(value: Canonical): string {
  if (typeof value === "string") return JSON.stringify(value);
  // Without a function `sort` compares by UTF-16 code units.
  const members = Object.keys(value).sort();
  return `{${members.map((each) => `${JSON.stringify(each)}:${canonicalJson(value[each] ?? "")}`).join(",")}}`;
}

/** base64url of the SHA-256 over canonical JSON. */
export const digestOf = (canonical: string): string => createHash("sha256").update(canonical).digest("base64url");
