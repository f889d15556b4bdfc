"use server";
import { redirect } from "next/navigation";
import { isUuid } from "#lib/kernel/uuid.ts";
import { endConnection } from "#lib/relying-party/connected/end-connection.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { settingsPages } from "../settings-pages.ts";

const { path } = settingsPages.systems;

/** One that has ended already needs no word of its own: the list shows that it has. */
export async function endSystem(form: FormData): Promise<void> {
  const { ctx } = await requireSession(path);
  const systemId = form.get("systemId");
  const ended = isUuid(systemId) && (await endConnection(ctx, systemId)).ok;
  redirect(ended ? `${path}?done=ended&of=${systemId}` : path);
}
