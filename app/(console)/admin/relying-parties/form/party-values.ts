import {
  type Parsed,
  type ParseFault,
  parseRegistration,
} from "#lib/relying-party/registration/parse/parse-registration.ts";
import type { Registration, RegistrationField } from "#lib/relying-party/registration/registration.ts";
import { type PartyField, type PartyValues, partyFields } from "./fields.ts";

const lists: ReadonlySet<RegistrationField> = new Set(["redirectUris", "postLogoutRedirectUris"]);
const flags: ReadonlySet<RegistrationField> = new Set(["ownedByAgency", "openToAll", "parRequired", "dpopBound"]);

const mapFields = (said: (name: PartyField) => string): PartyValues =>
  Object.fromEntries(partyFields.map((name) => [name, said(name)])) as PartyValues;

/** A registration as its form holds it: a list as lines, a choice as its value, a set of keys as it would be pasted. */
export const formOfParty = (party: Registration): PartyValues =>
  mapFields((name) => {
    const value = party[name];
    if (value === null) return "";
    if (Array.isArray(value)) return value.join("\n");
    return typeof value === "object" ? JSON.stringify(value, null, 2) : String(value);
  });

/** As a new one begins. */
export const emptyParty: PartyValues = {
  ...mapFields(() => ""),
  ownedByAgency: "true",
  openToAll: "false",
  minimumLevel: "aal1",
  authMethod: "client_secret_basic",
  idTokenAlg: "RS256",
  subjectType: "public",
  parRequired: "false",
  dpopBound: "false",
};

/** What was typed, whole: a list of addresses is longer than other fields, and a body is limited before it comes here. */
export const typedParty = (form: FormData): PartyValues =>
  mapFields((name) => {
    const said = form.get(name);
    return typeof said === "string" ? said.replaceAll("\r\n", "\n") : "";
  });

/** What was typed as a file of the command line would say it, so that both are read by the same rules. */
export function parseParty(
  values: PartyValues,
  rules: { loopback: boolean },
): { ok: true; value: Parsed } | { ok: false; faults: ParseFault[] } {
  return parseRegistration(Object.fromEntries(partyFields.map((name) => [name, givenOf(name, values[name])])), rules);
}

function givenOf(name: PartyField, said: string): unknown {
  if (lists.has(name)) return linesOf(said).map(({ line }) => line);
  if (flags.has(name)) return said === "true" ? true : said === "false" || said === "" ? false : said;
  if (name !== "jwks") return said;
  return said.trim() === "" ? null : parsedJson(said);
}

/** The lines that say something, with the number each has on the page. */
const linesOf = (said: string): { line: string; number: number }[] =>
  said
    .split("\n")
    .map((line, place) => ({ line: line.trim(), number: place + 1 }))
    .filter(({ line }) => line !== "");

function parsedJson(said: string): unknown {
  try {
    return JSON.parse(said);
  } catch {
    // Read as a set of keys, it says what it should have been.
    return said;
  }
}

/** What was typed, for the page to show again: a private key that was pasted is not sent back. */
export const shownAgain = (values: PartyValues, faults: readonly ParseFault[]): PartyValues =>
  faults.some(({ refusal }) => refusal === "keys_private") ? { ...values, jwks: "" } : values;

export type FaultWords = {
  refusals: Readonly<Record<ParseFault["refusal"], string>>;
  line: string;
  /** Of those fields that must say something. */
  missing: Partial<Record<PartyField, string>>;
};

/** What is wrong with each field, in words; of a list, with which of its lines. */
export function errorsOf(
  faults: readonly ParseFault[],
  values: PartyValues,
  words: FaultWords,
): Partial<Record<PartyField, string>> {
  const errors: Partial<Record<PartyField, string>> = {};
  for (const name of partyFields) {
    const said = faults
      .filter(({ field }) => field === name)
      .map(({ refusal, line }) => {
        const number = line === null ? undefined : linesOf(values[name])[line]?.number;
        const missing = refusal === "value_missing" ? words.missing[name] : undefined;
        const what = missing ?? words.refusals[refusal];
        return number === undefined ? what : words.line.replace("{line}", String(number)).replace("{what}", () => what);
      });
    if (said.length > 0) errors[name] = said.join(" ");
  }
  return errors;
}
