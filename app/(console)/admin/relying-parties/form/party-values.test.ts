import { expect, test } from "vitest";
import type { Registration } from "#lib/relying-party/registration/registration.ts";
import { messages } from "#lib/text/messages.ts";
import { partyFields } from "./fields.ts";
import { emptyParty, errorsOf, formOfParty, parseParty, shownAgain, typedParty } from "./party-values.ts";

const rules = { loopback: false };
const { refusals, form: formWords } = messages.ms.relyingParties;
const words = { ...formWords, refusals };
const full = {
  ...emptyParty,
  name: "Cuti",
  category: "Sumber manusia",
  redirectUris: "https://a.contoh.example.gov.my/masuk\nhttps://a.contoh.example.gov.my/lain",
  openToAll: "true",
  minimumLevel: "aal2",
  authMethod: "private_key_jwt",
  jwksUri: "https://a.contoh.example.gov.my/kunci",
  parRequired: "true",
};

function registrationOf(values: typeof emptyParty): Registration {
  const parsed = parseParty(values, rules);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.value.registration;
}

test("what a form says comes back into it as it was said", () => {
  expect(formOfParty(registrationOf(full))).toEqual(full);
});

test("a name and one address are enough", () => {
  const { name, redirectUris } = full;
  expect(registrationOf({ ...emptyParty, name, redirectUris })).toMatchObject({
    ownedByAgency: true,
    openToAll: false,
    authMethod: "client_secret_basic",
    backchannelLogoutUri: null,
    jwks: null,
  });
});

test("a fault in a list is told with the line it stands on, empty lines counted", () => {
  const redirectUris = "https://a.contoh.example.gov.my/masuk\n\n  http://a.contoh.example.gov.my/masuk \n*";
  const parsed = parseParty({ ...full, redirectUris }, rules);
  if (parsed.ok) throw new Error("It was not refused");
  const { uri_scheme, uri_shape } = words.refusals;
  expect(errorsOf(parsed.faults, { ...full, redirectUris }, words)).toEqual({
    redirectUris: `Baris 3: ${uri_scheme} Baris 4: ${uri_shape}`,
  });
});

test("what must be filled in is asked for by its name", () => {
  const parsed = parseParty(emptyParty, rules);
  expect(errorsOf(parsed.ok ? [] : parsed.faults, emptyParty, words)).toEqual(formWords.missing);
});

test("keys that are no JSON are no set of keys", () => {
  const parsed = parseParty({ ...full, jwks: "{", jwksUri: "" }, rules);
  expect(parsed).toMatchObject({ ok: false, faults: [{ field: "jwks", refusal: "keys_shape" }] });
});

test("a private key that was pasted does not come back, and everything else does", () => {
  const pasted = { ...full, jwks: '{ "keys": [{ "kty": "EC", "d": "c2VjcmV0" }] }', jwksUri: "" };
  const parsed = parseParty(pasted, rules);
  expect(shownAgain(pasted, parsed.ok ? [] : parsed.faults)).toEqual({ ...pasted, jwks: "" });
  const broken = { ...pasted, jwks: "{" };
  const said = parseParty(broken, rules);
  expect(shownAgain(broken, said.ok ? [] : said.faults)).toEqual(broken);
});

test("a choice that no page offers is refused", () => {
  const parsed = parseParty({ ...full, openToAll: "maybe", minimumLevel: "aal9", parRequired: "on" }, rules);
  const faults = parsed.ok ? [] : parsed.faults.map(({ field }) => field);
  expect(faults).toEqual(expect.arrayContaining(["openToAll", "minimumLevel", "parRequired"]));
});

test("a list of addresses is read whole, and lines end as one", () => {
  const lines = Array.from({ length: 20 }, (_, n) => `https://a.contoh.example.gov.my/${"a".repeat(400)}/${n}`);
  const form = new FormData();
  form.set("redirectUris", lines.join("\r\n"));
  expect(typedParty(form).redirectUris).toBe(lines.join("\n"));
  expect(partyFields.every((name) => typeof typedParty(form)[name] === "string")).toBe(true);
});
