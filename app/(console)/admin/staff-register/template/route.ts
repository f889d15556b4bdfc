import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { registerTemplate } from "#lib/staff-register/columns/template.ts";
import { REGISTER } from "../paths.ts";

/** An empty file of the register with its titles, in the reader's language. */
export async function GET(): Promise<Response> {
  const { ctx } = await requireOfficer(REGISTER, "admin.view");
  return new Response(registerTemplate(ctx.request.language), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="daftar-kakitangan.csv"',
      "cache-control": "no-store",
    },
  });
}
