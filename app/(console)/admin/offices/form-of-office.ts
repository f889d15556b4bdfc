import type { OfficeRow } from "#lib/administration/offices/list-offices.ts";
import type { OfficeField } from "./fields.tsx";

/** An office as its form holds it. */
export const formOfOffice = ({ code, name, address, emailDomains }: OfficeRow): Record<OfficeField, string> => ({
  code,
  name,
  address: address ?? "",
  domains: emailDomains?.join("\n") ?? "",
});
