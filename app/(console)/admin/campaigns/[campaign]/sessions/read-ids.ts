import { notFound } from "next/navigation";
import { isUuid } from "#lib/kernel/uuid.ts";

/** Which session, of which campaign, a form is about; what cannot be an id is no page. */
export function readIds(form: FormData): { campaignId: string; sessionId: string } {
  const [campaignId, sessionId] = [form.get("campaign"), form.get("session")];
  if (!isUuid(campaignId) || !isUuid(sessionId)) notFound();
  return { campaignId, sessionId };
}
