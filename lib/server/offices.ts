import { minutes } from "#lib/kernel/time.ts";
import { listOffices, type Office } from "#lib/office/find-office.ts";
import { portal } from "./portal.ts";

let kept: { offices: Promise<Office[]>; until: number } | null = null;

/** The offices of the registration page, read once a minute: they change a few times a year. */
export function offeredOffices(): Promise<Office[]> {
  if (!kept || kept.until < Date.now()) {
    kept = { offices: listOffices(portal()), until: Date.now() + minutes(1) };
    kept.offices.catch(() => {
      kept = null;
    });
  }
  return kept.offices;
}
