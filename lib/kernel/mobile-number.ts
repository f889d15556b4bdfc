import { type PhoneNumber, parsePhoneNumberFromString } from "libphonenumber-js/mobile";
import { ok, type Result, refuse } from "./result.ts";

export const mobileRefusals = ["mobile_shape", "mobile_unknown"] as const;
export type MobileRefusal = (typeof mobileRefusals)[number];

/** E.164: `+60120000000`. */
export type MobileNumber = string & { readonly mobile: true };

const HOME = "MY";

/**
 * Reads a mobile number as people type it: with or without the country, in any digits, with dashes, spaces and
 * brackets; without a country it is a Malaysian one. Refuses what is no telephone number by itself (`mobile_shape`) and
 * what no mobile telephone of its country has, fixed lines too (`mobile_unknown`; libphonenumber's mobile plans).
 */
export function parseMobile(typed: string): Result<MobileNumber, MobileRefusal> {
  const read = parsePhoneNumberFromString(typed.normalize("NFKC"), { defaultCountry: HOME, extract: false });
  if (!read?.isPossible() || read.ext) return refuse("mobile_shape");
  return read.isValid() ? ok(read.number as string as MobileNumber) : refuse("mobile_unknown");
}

/** As people at home dial it, `012-000 0000`; of another country with its code, `+65 8123 0000`. */
export function showMobile(number: string): string {
  const read = parsePhoneNumberFromString(number);
  if (!read) throw new Error("This is no number in E.164");
  return isHome(read) ? read.formatNational() : read.formatInternational();
}

const isHome = (read: PhoneNumber): boolean => read.country === HOME;
