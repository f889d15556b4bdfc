import { tokenTemplate } from "#lib/campaign/tokens/import/token-columns.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { TOKEN_TEMPLATE } from "../../paths.ts";

/** An empty file of tokens, with the titles in the reader's language. */
export async function GET(): Promise<Response> {
  const { ctx } = await requireOfficer(TOKEN_TEMPLATE, "register.import");
  const { language } = ctx.request;
  return new Response(tokenTemplate(language), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${language === "ms" ? "token-templat" : "tokens-template"}.csv"`,
      "cache-control": "no-store",
    },
  });
}
