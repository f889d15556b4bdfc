import { ok, type Result, refuse } from "#lib/kernel/result.ts";

const serialRefusals = ["serial_missing", "serial_shortened", "serial_characters", "serial_length"] as const;
export type SerialRefusal = (typeof serialRefusals)[number];

/** A number that a spreadsheet has written short: `9.00101E+11`. Its last digits are lost. */
const SHORTENED = /^\d(?:[.,]\d+)?e\+?\d+$/i;
const [SHORTEST, LONGEST] = [3, 40];

/** A serial as it is kept and looked for: capitals, full-width signs made plain, without blanks. */
export const plainSerial = (typed: string): string => typed.normalize("NFKC").toUpperCase().replace(/\s+/g, "");

/**
 * Reads the serial of a token as it stands on it: letters, digits, and the signs that makers put between them. An
 * apostrophe before it is a spreadsheet's, to keep its zeros.
 */
export function parseSerial(typed: string): Result<string, SerialRefusal> {
  const serial = plainSerial(typed).replace(/^['’]/, "");
  if (serial === "") return refuse("serial_missing");
  if (SHORTENED.test(serial)) return refuse("serial_shortened");
  if (!/^[A-Z0-9](?:[A-Z0-9./_:-]*[A-Z0-9])?$/.test(serial)) return refuse("serial_characters");
  return serial.length < SHORTEST || serial.length > LONGEST ? refuse("serial_length") : ok(serial);
}
