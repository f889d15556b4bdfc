import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { checkAddress } from "./check-address.ts";
import { checkKeySet } from "./check-key-set.ts";
import { parseRegistration } from "./parse-registration.ts";

const CALLBACK = "https://cuti.contoh.example.gov.my/callback";
const least = { name: "Cuti dan Kehadiran", redirectUris: [CALLBACK] };
const inEarnest = { loopback: false };

const faultsOf = (more: object, rules = inEarnest) => {
  const parsed = parseRegistration({ ...least, ...more }, rules);
  return parsed.ok ? [] : parsed.faults;
};
const refusalsOf = (more: object) => faultsOf(more).map(({ field, refusal }) => `${field} ${refusal}`);

const rsa = (bits: number, part: "publicKey" | "privateKey" = "publicKey") =>
  generateKeyPairSync("rsa", { modulusLength: bits })[part].export({ format: "jwk" });
const ec = (namedCurve: string, part: "publicKey" | "privateKey" = "publicKey") =>
  generateKeyPairSync("ec", { namedCurve })[part].export({ format: "jwk" });

describe("an address", () => {
  test.each([
    CALLBACK,
    "https://cuti.contoh.example.gov.my",
    "https://cuti.contoh.example.gov.my:8443/a/b?tenant=1",
    "https://10.1.2.3/callback",
    "https://cuti/callback",
    "https://cuti.contoh.example.gov.my/~@/callback",
  ])("is %s, kept letter by letter", (said) => {
    expect(checkAddress(said, inEarnest)).toEqual({ ok: true, value: said });
  });

  test.each([
    ["", "uri_shape"],
    ["cuti.contoh.example.gov.my/callback", "uri_shape"],
    ["https://cuti.contoh.example.gov.my/call back", "uri_shape"],
    ["https://cuti.contoh.example.gov.my/call\nback", "uri_shape"],
    ["https://сuti.contoh.example.gov.my/callback", "uri_shape"],
    ["http://cuti.contoh.example.gov.my/callback", "uri_scheme"],
    ["javascript:alert(1)", "uri_scheme"],
    ["data:text/html,x", "uri_scheme"],
    [`${CALLBACK}#`, "uri_fragment"],
    [`${CALLBACK}#done`, "uri_fragment"],
    ["https://*.contoh.example.gov.my/callback", "uri_wildcard"],
    ["https://cuti.contoh.example.gov.my/*", "uri_wildcard"],
    ["https://cuti@evil.example/callback", "uri_person"],
    ["https://cuti:x@evil.example/callback", "uri_person"],
    ["https://@evil.example/callback", "uri_written"],
    ["HTTPS://cuti.contoh.example.gov.my/callback", "uri_written"],
    ["https://CUTI.contoh.example.gov.my/callback", "uri_written"],
    ["https://cuti.contoh.example.gov.my:443/callback", "uri_written"],
    ["https://cuti.contoh.example.gov.my/a/../callback", "uri_written"],
    ["https://cuti.contoh.example.gov.my\\callback", "uri_written"],
    ["https://2130706433/callback", "uri_written"],
    [`https://cuti.contoh.example.gov.my/${"x".repeat(2_000)}`, "uri_long"],
  ])("is not %s", (said, error) => {
    expect(checkAddress(said, inEarnest)).toEqual({ ok: false, error });
  });

  test("is http towards this machine in a demonstration alone, and nowhere else", () => {
    for (const said of ["http://localhost:3001/cuti", "http://127.0.0.1:3001/cuti", "http://[::1]:3001/cuti"]) {
      expect(checkAddress(said, { loopback: true })).toEqual({ ok: true, value: said });
      expect(checkAddress(said, inEarnest)).toEqual({ ok: false, error: "uri_scheme" });
    }
    for (const said of ["http://10.0.0.1/cuti", "http://localhost.example.gov.my/", "ftp://localhost/"])
      expect(checkAddress(said, { loopback: true })).toEqual({ ok: false, error: "uri_scheme" });
  });
});

describe("a set of public keys", () => {
  test("is kept without whatever else it carries", () => {
    const key = { ...ec("P-256"), kid: "1", use: "sig", alg: "ES256" };
    expect(checkKeySet({ keys: [{ ...key, x5c: ["…"] }], note: "ours" })).toEqual({ ok: true, value: { keys: [key] } });
    expect(checkKeySet({ keys: [rsa(2_048)] })).toMatchObject({ ok: true });
  });

  test.each([
    ["a private RSA key", () => [rsa(2_048, "privateKey")], "keys_private"],
    ["a private EC key", () => [ec("P-256", "privateKey")], "keys_private"],
    ["a secret", () => [{ kty: "oct", k: "c2VjcmV0" }], "keys_private"],
    ["RSA of 1,024 bits", () => [rsa(1_024)], "keys_weak"],
    ["RSA whose exponent is 1", () => [{ ...rsa(2_048), e: "AQ" }], "keys_weak"],
    ["RSA whose exponent is even", () => [{ ...rsa(2_048), e: "AQAC" }], "keys_weak"],
    ["a private key behind a wrong one", () => [{ kty: "x" }, ec("P-256", "privateKey")], "keys_private"],
    ["another curve", () => [ec("secp256k1")], "keys_weak"],
    ["a point that is not on its curve", () => [{ ...ec("P-256"), x: "AAAA" }], "keys_shape"],
    ["a key for HS256", () => [{ ...rsa(2_048), alg: "HS256" }], "keys_shape"],
    ["a key to encrypt with", () => [{ ...rsa(2_048), use: "enc" }], "keys_shape"],
    ["no key", () => [], "keys_shape"],
    ["keys that cannot be told apart", () => [ec("P-256"), ec("P-256")], "keys_named"],
    ["two by one name", () => [ec("P-256"), ec("P-256")].map((key) => ({ ...key, kid: "1" })), "keys_named"],
  ] as const)("is not %s", (_, keys, error) => {
    expect(checkKeySet({ keys: keys() })).toEqual({ ok: false, error });
  });

  test("is no private key by itself, nor one as text", () => {
    const one = ec("P-256", "privateKey");
    for (const given of [one, `${JSON.stringify(one)},`, "-----BEGIN PRIVATE KEY-----"])
      expect(checkKeySet(given)).toEqual({ ok: false, error: "keys_private" });
  });

  test.each([null, [], "x", { keys: "x" }, { keys: [1] }])("is not %j", (given) => {
    expect(checkKeySet(given)).toEqual({ ok: false, error: "keys_shape" });
  });
});

describe("a registration", () => {
  test("needs a name and where people come back to; all else has a value that fits most", () => {
    expect(parseRegistration(least, inEarnest)).toEqual({
      ok: true,
      value: {
        roles: [],
        registration: {
          ...least,
          descriptionMs: null,
          descriptionEn: null,
          category: null,
          owner: null,
          ownedByAgency: true,
          postLogoutRedirectUris: [],
          backchannelLogoutUri: null,
          initiateLoginUri: null,
          startUri: null,
          minimumLevel: "aal1",
          openToAll: false,
          subjectType: "public",
          authMethod: "client_secret_basic",
          jwks: null,
          jwksUri: null,
          idTokenAlg: "RS256",
          parRequired: false,
          dpopBound: false,
        },
      },
    });
  });

  test("tells every fault, and which entry of a list it is", () => {
    const given = {
      name: " ",
      redirectUris: [CALLBACK, "http://a.example/", CALLBACK],
      minimumLevel: "aal3",
      redirecturi: 1,
    };
    expect(faultsOf(given)).toEqual([
      { field: "file", line: null, refusal: "field_unknown", said: "redirecturi" },
      { field: "name", line: null, refusal: "value_missing" },
      { field: "redirectUris", line: 1, refusal: "uri_scheme" },
      { field: "redirectUris", line: 2, refusal: "uri_twice" },
      { field: "minimumLevel", line: null, refusal: "value_unknown" },
    ]);
  });

  test.each(["postLogoutRedirectUris", "backchannelLogoutUri", "initiateLoginUri", "startUri"])(
    "has no %s that is less than https",
    (field) => {
      const said = "http://cuti.contoh.example.gov.my/";
      expect(refusalsOf({ [field]: field.endsWith("s") ? [said] : said })).toEqual([`${field} uri_scheme`]);
    },
  );

  test.each([
    [{ redirectUris: [] }, "redirectUris value_missing"],
    [{ redirectUris: CALLBACK }, "redirectUris value_text"],
    [{ redirectUris: [1] }, "redirectUris value_text"],
    [{ redirectUris: Array.from({ length: 21 }, (_, n) => `${CALLBACK}${n}`) }, "redirectUris value_long"],
    [{ name: "a\u202eb" }, "name value_text"],
    [{ name: 1 }, "name value_text"],
    [{ name: "x".repeat(81) }, "name value_long"],
    [{ openToAll: "yes" }, "openToAll value_unknown"],
    [{ idTokenAlg: "none" }, "idTokenAlg value_unknown"],
    [{ idTokenAlg: "HS256" }, "idTokenAlg value_unknown"],
    [{ authMethod: "none" }, "authMethod value_unknown"],
    [{ subjectType: "pairwise", redirectUris: [CALLBACK, "https://b.example.gov.my/"] }, "subjectType pairwise_hosts"],
    [
      { subjectType: "pairwise", redirectUris: [CALLBACK, "https://cuti.contoh.example.gov.my:8443/callback"] },
      "subjectType pairwise_hosts",
    ],
    [{ authMethod: "private_key_jwt" }, "jwks keys_missing"],
    [{ jwks: { keys: [ec("P-256")] } }, "jwks keys_unused"],
    [{ jwksUri: "https://cuti.contoh.example.gov.my/jwks" }, "jwksUri keys_unused"],
    [
      { authMethod: "private_key_jwt", jwks: { keys: [ec("P-256")] }, jwksUri: "https://a.example.gov.my/jwks" },
      "jwksUri keys_twice",
    ],
  ])("with %j says %s", (more, said) => {
    expect(refusalsOf(more)).toEqual([said]);
  });

  test("with private_key_jwt has its public keys, or where they are", () => {
    expect(faultsOf({ authMethod: "private_key_jwt", jwks: { keys: [ec("P-256")] } })).toEqual([]);
    expect(faultsOf({ authMethod: "private_key_jwt", jwksUri: "https://a.example.gov.my/jwks" })).toEqual([]);
  });

  test("declares roles by keys of their own", () => {
    const role = { key: "PENYEDIA", nameMs: "Penyedia", nameEn: "Preparer" };
    expect(faultsOf({ roles: [role, { ...role, key: "penyemak:1" }] })).toEqual([]);
    expect(refusalsOf({ roles: [role, { ...role, key: "penyedia" }] })).toEqual(["roles role_twice"]);
    expect(refusalsOf({ roles: [{ ...role, key: "pegawai penyedia" }] })).toEqual(["roles role_key"]);
    expect(refusalsOf({ roles: [{ key: "a" }] })).toEqual(["roles value_missing", "roles value_missing"]);
    expect(refusalsOf({ roles: ["penyedia"] })).toEqual(["roles value_text"]);
    expect(refusalsOf({ roles: {} })).toEqual(["roles value_text"]);
  });

  test.each([undefined, null, [], "x", 1])("is not %j", (given) => {
    expect(parseRegistration(given, inEarnest)).toMatchObject({ faults: [{ field: "file", refusal: "file_shape" }] });
  });
});
