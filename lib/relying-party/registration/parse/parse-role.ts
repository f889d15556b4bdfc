import type { RoleWanted } from "../registration.ts";
import { type Fault, type ValueRefusal, valuesOf } from "./read-values.ts";

export type RoleField = keyof RoleWanted;
export type RoleFieldRefusal = ValueRefusal | "role_key";
export type RoleFault = Fault<RoleField, RoleFieldRefusal>;

const NAME_MAX = 80;
/** What systems compare with: no space, no comma, nothing that has two spellings. */
const KEY = /^[A-Za-z0-9](?:[A-Za-z0-9._:-]{0,62}[A-Za-z0-9])?$/;

/** Reads a role that a relying party declares: its key, and what people call it in both languages. */
export function parseRole(
  given: Readonly<Record<string, unknown>>,
): { ok: true; value: RoleWanted } | { ok: false; faults: RoleFault[] } {
  const { faults, wrong, must } = valuesOf<RoleField, RoleFieldRefusal>(given);
  const key = must("key", 64);
  if (key !== "" && !KEY.test(key)) wrong("key", "role_key");
  const [nameMs, nameEn] = [must("nameMs", NAME_MAX), must("nameEn", NAME_MAX)];
  return faults.length > 0 ? { ok: false, faults } : { ok: true, value: { key, nameMs, nameEn } };
}
