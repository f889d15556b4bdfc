"use server";
import { notFound, redirect } from "next/navigation";
import { isUuid } from "#lib/kernel/uuid.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { signInPath } from "#lib/sign-in/sign-in-path.ts";
import { decideDifference } from "#lib/staff-register/differences/decide-difference.ts";
import { REGISTER } from "../paths.ts";

const PATH = `${REGISTER}/differences`;
const fields = ["full_name", "official_email", "office"] as const;

export async function decide(form: FormData): Promise<void> {
  const { ctx } = await requireOfficer(PATH, "register.import");
  const account = form.get("account");
  const field = fields.find((one) => one === form.get("field"));
  if (!isUuid(account) || !field) notFound();
  const decision = form.get("decision") === "adopt" ? "adopt" : "dismiss";
  const decided = await decideDifference(ctx, account, field, decision);
  if (decided.ok) redirect(`${PATH}?done=${decision === "adopt" ? "adopted" : "dismissed"}`);
  if (decided.error === "signed_out") redirect(signInPath(PATH));
  if (decided.error === "not_found") notFound();
  redirect(`${PATH}?done=gone`);
}
