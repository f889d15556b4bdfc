import { notFound } from "next/navigation";

export const LIST = "/admin/relying-parties";
export const pathOf = (relyingPartyId: string): string => `${LIST}/${relyingPartyId === "" ? "new" : relyingPartyId}`;
export const secretPath = (relyingPartyId: string): string => `${pathOf(relyingPartyId)}/secret`;
export const rolePath = (relyingPartyId: string, roleId: string): string =>
  `${pathOf(relyingPartyId)}/roles/${roleId === "" ? "new" : roleId}`;

/** The id that a form carries under a name; empty for what is made anew. Anything else no page of ours has sent. */
export function idIn(form: FormData, name: "party" | "role" | "secret"): string {
  const said = form.get(name);
  return typeof said === "string" && /^[\da-f-]{0,36}$/.test(said) ? said : notFound();
}
