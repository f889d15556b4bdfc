import { notFound } from "next/navigation";
import { findCampaign } from "#lib/campaign/definition/find-campaign.ts";
import { previewLetter } from "#lib/campaign/definition/preview-letter.ts";
import { agencyNow } from "#lib/server/config.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { partPath } from "../../../definition/definition-parts.ts";
import { letterKinds, letterLanguages } from "../fields.ts";

// As a letter of the visible mailbox: styles inline, nothing run, nothing loaded.
const POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  "sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox",
].join("; ");

type Props = { params: Promise<{ campaign: string; letter: string }> };

/** A saved letter as its reader sees it, `invitation.ms`: for the frames of the page above. */
export async function GET(_: Request, { params }: Props): Promise<Response> {
  const { campaign: id, letter } = await params;
  const { ctx } = await requireOfficer(partPath(id, "letters"), "admin.view");
  const [said, inLanguage] = letter.split(".");
  const kind = letterKinds.find((each) => each === said);
  const language = letterLanguages.find((each) => each === inLanguage);
  const campaign = await findCampaign(ctx, id);
  if (!kind || !language || !campaign) notFound();
  const { html } = await previewLetter(ctx, campaign, {
    kind,
    text: campaign.texts[kind],
    language,
    agency: agencyNow,
  });
  return new Response(html, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": POLICY,
      "cache-control": "no-store",
    },
  });
}
