import { holds } from "#lib/office/roles/rights.ts";
import { requireOfficer, type SignedOfficer } from "#lib/server/request/current-officer.ts";

export type AdminView = SignedOfficer & { mayChange: boolean };

/** Whoever may look at a page of the administration, and whether they may change what it says: an auditor only looks. */
export async function viewAdmin(path: string): Promise<AdminView> {
  const signed = await requireOfficer(path, "admin.view");
  return { ...signed, mayChange: holds(signed.officer, "admin.change") };
}
