import { assuranceOf, reaches } from "#lib/assurance/assurance.ts";
import { boardVersion } from "#lib/campaign/board/board-version.ts";
import { findBoard } from "#lib/campaign/board/find-board.ts";
import { holds } from "#lib/office/roles/rights.ts";
import { config } from "#lib/server/config.ts";
import { currentSession, requireSession } from "#lib/server/request/current-session.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

const headers = { "cache-control": "no-store" };
/** Whoever may not look is told nothing, and led nowhere: their page stays as it is. */
const silence = (): Response => new Response(null, { status: 404, headers });

/** Whether an open board is still as it was: `{"version": "…", "asOf": "Keadaan pada …"}`. */
export async function GET(_: Request, { params }: { params: Promise<{ campaign: string }> }): Promise<Response> {
  const session = await currentSession();
  if (!session || !holds({ ...session, sessionId: session.id }, "campaign.view")) return silence();
  if (!reaches(assuranceOf(session.proofs), config().consoleAssurance)) return silence();
  const [{ ctx }, { campaign: id }] = await Promise.all([requireSession("/admin/campaigns"), params]);
  const found = await findBoard(ctx, id);
  if (!found.ok) return silence();
  const { officer, campaign } = found.value;
  const t = await getTranslations("campaignBoard.board");
  return Response.json(
    {
      version: await boardVersion(ctx, officer, campaign.id),
      asOf: campaign.asOf ? t("asOf", { at: formatDate(campaign.asOf, ctx.request.language) }) : t("notLooked"),
    },
    { headers },
  );
}
