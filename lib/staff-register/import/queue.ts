/** The queue of files that are read or applied. */
export const STAFF_IMPORTS_QUEUE = "staff-imports";
export type StaffImportJob = { importId: string };
