"use server";
import { notFound, redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { type ColumnField, columnFields, type MappingRefusal } from "#lib/staff-register/columns/mapping.ts";
import { mapColumns } from "#lib/staff-register/import/decide-import.ts";
import { messages } from "#lib/text/messages.ts";
import { isOfWhoAsks, refusedAt } from "../../../../refused.ts";
import { importPath } from "../../paths.ts";

/** The field that each refusal is shown at. */
const at: Record<MappingRefusal, ColumnField | "form"> = {
  column_identity: "identityNumber",
  column_name: "fullName",
  column_email: "officialEmail",
  column_office: "officeCode",
  column_twice: "form",
};

export async function saveColumns(_: FormState<ColumnField>, form: FormData): Promise<FormState<ColumnField>> {
  const id = form.get("import");
  if (!isUuid(id)) notFound();
  const path = `${importPath(id)}/columns`;
  const { ctx } = await requireOfficer(path, "register.import");
  const { wrong } = messages[ctx.request.language].staffRegister.columns;
  const chosen = columnFields.flatMap((field) => {
    const column = form.get(field);
    return typeof column === "string" && /^\d{1,3}$/.test(column) ? [[field, column] as const] : [];
  });
  const values: FormState<ColumnField>["values"] = Object.fromEntries([
    ...columnFields.map((field) => [field, ""]),
    ...chosen,
  ]);
  const mapped = await mapColumns(
    ctx,
    id,
    Object.fromEntries(chosen.map(([field, column]) => [field, Number(column)])),
  );
  if (mapped.ok) redirect(importPath(id));
  const { error } = mapped;
  if (isOfWhoAsks(error)) return refusedAt(error, path);
  return { values, errors: { [error === "moved_meanwhile" ? "form" : at[error]]: wrong[error] } };
}
