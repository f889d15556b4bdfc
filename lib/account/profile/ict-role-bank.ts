import type { Db, Tx } from "#db/client.ts";
import { ictRole } from "#db/schema/profile.ts";

/**
 * The roles an agency starts with: what people of the federal and state agencies are called in the systems for
 * accounts, assets, procurement and staff. An id never changes its meaning: who holds a role is kept under it.
 */
export const ictRoleBank = [
  { id: "preparer", nameMs: "Penyedia", nameEn: "Preparer" },
  { id: "checker", nameMs: "Penyemak", nameEn: "Checker" },
  { id: "approver", nameMs: "Pelulus", nameEn: "Approver" },
  { id: "authorised_signatory", nameMs: "Penandatangan yang diberi kuasa", nameEn: "Authorised signatory" },
  { id: "receiver", nameMs: "Penerima barang dan perkhidmatan", nameEn: "Receiver of goods and services" },
  { id: "registrar", nameMs: "Pendaftar data", nameEn: "Data registrar" },
  { id: "reviewer", nameMs: "Pelihat laporan", nameEn: "Reader of reports" },
  { id: "system_administrator", nameMs: "Pentadbir sistem", nameEn: "System administrator" },
].map((role, position) => ({ ...role, position }));

/** Fills the bank; may be run again. What an administrator has renamed or retired stays as it is. */
export async function seedIctRoles(db: Db | Tx): Promise<void> {
  await db.insert(ictRole).values(ictRoleBank).onConflictDoNothing();
}
