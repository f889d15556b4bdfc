import { minutes } from "#lib/kernel/time.ts";
import { listOfferedOffices, type OfferedOffice } from "#lib/office/find-office.ts";
import { editionAt } from "./chosen/in-force.ts";
import { portalNow } from "./clock/follow-clock.ts";
import { portal } from "./portal.ts";

let kept: { offices: Promise<OfferedOffice[]>; until: number; edition: string } | null = null;

/** The offices people may choose, read once a minute, and again when administrators have changed something. */
export function offeredOffices(): Promise<OfferedOffice[]> {
  const now = Date.now();
  const edition = editionAt(portalNow());
  if (!kept || kept.until < now || kept.edition !== edition) {
    kept = { offices: listOfferedOffices(portal()), until: now + minutes(1), edition };
    kept.offices.catch(() => {
      kept = null;
    });
  }
  return kept.offices;
}
