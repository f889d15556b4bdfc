import type { Language } from "#lib/kernel/context.ts";
import en from "./en/index.ts";
import ms from "./ms/index.ts";

/** Bahasa Malaysia is the measure: English has exactly its keys, or this file does not compile. */
type SameKeys<T> = { [K in keyof T]: T[K] extends string ? string : SameKeys<T[K]> };
export type Messages = typeof ms;

const equal = <A, B extends SameKeys<A>>(_measure: A, words: B & { [K in Exclude<keyof B, keyof A>]: never }): B =>
  words;
export const messages = { ms, en: equal(ms, en) as unknown as Messages } satisfies Record<Language, Messages>;
