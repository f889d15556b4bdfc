/** Why a file as a whole cannot be read. Rows that are wrong are no reason. */
const fileRefusals = [
  "file_empty",
  "file_kind",
  "file_macros",
  "file_protected",
  "file_damaged",
  "file_unpacks_too_large",
  "file_encoding",
  "file_quotes",
  "file_row_too_long",
  "file_too_many_rows",
  "file_no_rows",
] as const;
export type FileRefusal = (typeof fileRefusals)[number];

/**
 * Thrown from within the reading of a file, where rows stream through several generators, and turned into a value where
 * the reading was begun.
 */
export class FileRefused extends Error {
  readonly refusal: FileRefusal;
  constructor(refusal: FileRefusal) {
    super(refusal);
    this.name = "FileRefused";
    this.refusal = refusal;
  }
}
