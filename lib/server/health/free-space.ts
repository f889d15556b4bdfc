import { statfs } from "node:fs/promises";

/** In bytes. PostgreSQL's `max_wal_size` is 1 GB by default: a checkpoint later than usual still fits. */
export const LEAST_FREE = 1_073_741_824;

/** Bytes that are left to this user where the folder lies; null where there is no such folder, or nobody can tell. */
export async function freeSpace(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}
