/** Told to the operator in one sentence: why no copy was taken, or why one was not restored. Nothing is half done then. */
export class BackupRefused extends Error {
  override readonly name = "BackupRefused";
}
