/** What a column may hold. */
export const columnFields = [
  "identityNumber",
  "passportNumber",
  "passportCountry",
  "fullName",
  "officialEmail",
  "officeCode",
  "officeName",
  "opensOn",
  "leavesOn",
] as const;
export type ColumnField = (typeof columnFields)[number];

/** Where each field stands, counted from 0. */
export type Mapping = Partial<Record<ColumnField, number>>;

const mappingRefusals = ["column_identity", "column_name", "column_email", "column_office", "column_twice"] as const;
export type MappingRefusal = (typeof mappingRefusals)[number];

/** What is missing of a mapping before rows can be read by it: new people need all of these. */
export function lacking(mapping: Mapping): MappingRefusal[] {
  const has = (...fields: ColumnField[]) => fields.some((field) => mapping[field] !== undefined);
  const columns = Object.values(mapping);
  const checks: [MappingRefusal, boolean][] = [
    ["column_identity", has("identityNumber", "passportNumber")],
    ["column_name", has("fullName")],
    ["column_email", has("officialEmail")],
    ["column_office", has("officeCode", "officeName")],
    ["column_twice", new Set(columns).size === columns.length],
  ];
  return checks.flatMap(([refusal, holds]) => (holds ? [] : [refusal]));
}
