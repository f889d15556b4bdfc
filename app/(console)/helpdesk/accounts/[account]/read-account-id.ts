import { notFound } from "next/navigation";
import { isUuid } from "#lib/kernel/uuid.ts";

/** Whose account a form of the consoles is about; what cannot be an id is no page. */
export function readAccountId(form: FormData): string {
  const id = form.get("account");
  if (!isUuid(id)) notFound();
  return id;
}
