import {
  authMethods,
  idTokenAlgs,
  MOST_ROLES,
  minimumLevels,
  type Registration,
  type RegistrationField,
  type RoleWanted,
  subjectTypes,
} from "../registration.ts";
import { type AddressRefusal, type AddressRules, checkAddress } from "./check-address.ts";
import { checkKeySet, type KeySetRefusal } from "./check-key-set.ts";
import { parseRole, type RoleFieldRefusal } from "./parse-role.ts";
import { type Fault, type ValueRefusal, valuesOf } from "./read-values.ts";

/** `file`: it is no object, or names a field that there is not. */
export type ParsedField = RegistrationField | "roles" | "file";
export type ParseRefusal =
  | ValueRefusal
  | AddressRefusal
  | KeySetRefusal
  | RoleFieldRefusal
  | "file_shape"
  | "field_unknown"
  | "uri_twice"
  | "pairwise_hosts"
  | "keys_missing"
  | "keys_twice"
  | "keys_unused"
  | "role_twice";
/** `said`: the name or the entry that is wrong, where it says which. */
export type ParseFault = Fault<ParsedField, ParseRefusal> & { said?: string };

export type Parsed = { registration: Registration; roles: RoleWanted[] };

const NAME_MAX = 80;
const DESCRIPTION_MAX = 160;
const CATEGORY_MAX = 40;
const OWNER_MAX = 200;
const MOST_ADDRESSES = 20;

const fields: ReadonlySet<string> = new Set<RegistrationField | "roles">([
  "name",
  "descriptionMs",
  "descriptionEn",
  "category",
  "owner",
  "ownedByAgency",
  "redirectUris",
  "postLogoutRedirectUris",
  "backchannelLogoutUri",
  "initiateLoginUri",
  "startUri",
  "minimumLevel",
  "openToAll",
  "subjectType",
  "authMethod",
  "jwks",
  "jwksUri",
  "idTokenAlg",
  "parRequired",
  "dpopBound",
  "roles",
]);

/**
 * Reads what is to be registered of a relying party, from a file or a form alike: `name` and `redirectUris` are needed, all else
 * has a value that fits most. Every fault is told, not only the first.
 */
export function parseRegistration(
  given: unknown,
  rules: AddressRules,
): { ok: true; value: Parsed } | { ok: false; faults: ParseFault[] } {
  if (!isObject(given)) return { ok: false, faults: [{ field: "file", line: null, refusal: "file_shape" }] };
  const { faults, wrong, ...read } = valuesOf<ParsedField, ParseRefusal>(given);

  const address = (field: RegistrationField, said: string, line: number | null): string => {
    const checked = checkAddress(said, rules);
    if (!checked.ok) wrong(field, checked.error, line);
    return said;
  };
  const addresses = (field: RegistrationField): string[] => {
    const said = read.list(field, MOST_ADDRESSES);
    said.forEach((one, line) => {
      address(field, one, line);
      if (said.indexOf(one) < line) wrong(field, "uri_twice", line);
    });
    return said;
  };
  const oneAddress = (field: RegistrationField): string | null => {
    const said = read.text(field, 4_000);
    return said === null ? null : address(field, said, null);
  };

  const registration: Registration = {
    name: read.must("name", NAME_MAX),
    descriptionMs: read.text("descriptionMs", DESCRIPTION_MAX),
    descriptionEn: read.text("descriptionEn", DESCRIPTION_MAX),
    category: read.text("category", CATEGORY_MAX),
    owner: read.text("owner", OWNER_MAX),
    ownedByAgency: read.flag("ownedByAgency", true),
    redirectUris: addresses("redirectUris"),
    postLogoutRedirectUris: addresses("postLogoutRedirectUris"),
    backchannelLogoutUri: oneAddress("backchannelLogoutUri"),
    initiateLoginUri: oneAddress("initiateLoginUri"),
    startUri: oneAddress("startUri"),
    minimumLevel: read.choice("minimumLevel", minimumLevels, "aal1"),
    openToAll: read.flag("openToAll", false),
    subjectType: read.choice("subjectType", subjectTypes, "public"),
    authMethod: read.choice("authMethod", authMethods, "client_secret_basic"),
    jwks: null,
    jwksUri: oneAddress("jwksUri"),
    idTokenAlg: read.choice("idTokenAlg", idTokenAlgs, "RS256"),
    parRequired: read.flag("parRequired", false),
    dpopBound: read.flag("dpopBound", false),
  };
  if (given.jwks !== undefined && given.jwks !== null) {
    const keys = checkKeySet(given.jwks);
    if (keys.ok) registration.jwks = keys.value;
    else wrong("jwks", keys.error);
  }
  if (registration.redirectUris.length === 0 && !faults.some(({ field }) => field === "redirectUris"))
    wrong("redirectUris", "value_missing");
  refuseTogether(registration, wrong, given.jwks !== undefined && given.jwks !== null);
  const roles = rolesIn(given.roles, wrong);

  const unknown = Object.keys(given).filter((name) => !fields.has(name));
  const all: ParseFault[] = [
    ...unknown.map((said) => ({ field: "file" as const, line: null, refusal: "field_unknown" as const, said })),
    ...faults,
  ];
  return all.length > 0 ? { ok: false, faults: all } : { ok: true, value: { registration, roles } };
}

type Wrong = (field: ParsedField, refusal: ParseRefusal, line?: number | null) => null;

/** What is right by itself and does not go together. */
function refuseTogether(wanted: Registration, wrong: Wrong, hasKeys: boolean): void {
  const { authMethod, jwksUri, subjectType, redirectUris } = wanted;
  if (authMethod === "private_key_jwt") {
    if (!hasKeys && jwksUri === null) wrong("jwks", "keys_missing");
    if (hasKeys && jwksUri !== null) wrong("jwksUri", "keys_twice");
  } else if (hasKeys) wrong("jwks", "keys_unused");
  else if (jwksUri !== null) wrong("jwksUri", "keys_unused");
  // OpenID Connect Core §8.1: without a sector identifier, the one host (and port) of its addresses is what pairwise ids are made for.
  if (subjectType === "pairwise" && new Set(redirectUris.map(hostOf)).size > 1) wrong("subjectType", "pairwise_hosts");
}

function hostOf(address: string): string | null {
  try {
    return new URL(address).host;
  } catch {
    return null;
  }
}

function rolesIn(given: unknown, wrong: Wrong): RoleWanted[] {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given) || given.length > MOST_ROLES) {
    wrong("roles", Array.isArray(given) ? "value_long" : "value_text");
    return [];
  }
  const roles: RoleWanted[] = [];
  given.forEach((one, line) => {
    const role = isObject(one) ? parseRole(one) : null;
    if (!role) wrong("roles", "value_text", line);
    else if (!role.ok) for (const { refusal } of role.faults) wrong("roles", refusal, line);
    else if (roles.some(({ key }) => isSameKey(key, role.value.key))) wrong("roles", "role_twice", line);
    else roles.push(role.value);
  });
  return roles;
}

/** Two keys that differ in capitals alone would be taken for one another by people, and by systems that are careless. */
export const isSameKey = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
