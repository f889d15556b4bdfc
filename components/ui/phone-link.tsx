import { telephoneHref } from "#lib/kernel/telephone.ts";
import { Icon } from "./icon.tsx";

type PhoneLinkProps = { phone: string; plain?: boolean };

export function PhoneLink({ phone, plain }: PhoneLinkProps) {
  return (
    <a className="tel" href={telephoneHref(phone)}>
      {!plain && <Icon name="phone" small />}
      {phone}
    </a>
  );
}
