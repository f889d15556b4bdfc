/**
 * Mailbox providers that Malaysians use privately. Who writes such an address is told kindly, and no agency may list one,
 * so a missing one costs little. example.com stands for them all in demonstrations (RFC 2606).
 */
const personalDomains = new Set(
  `gmail.com googlemail.com ymail.com rocketmail.com msn.com icloud.com me.com mac.com aol.com proton.me protonmail.com pm.me
  zoho.com gmx.com gmx.net mail.com yandex.com qq.com 163.com 126.com tm.net.my streamyx.com unifi.my jaring.my example.com`.split(
    /\s+/,
  ),
);
const PERSONAL_IN_MANY_COUNTRIES = /^(?:yahoo|hotmail|outlook|live)\.(?:com|[a-z]{2}|com?\.[a-z]{2}|com\.my)$/;

export const isPersonalDomain = (domain: string): boolean =>
  personalDomains.has(domain) || PERSONAL_IN_MANY_COUNTRIES.test(domain);

const PATTERN = /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/;

/** `agency.gov.my`, or `*.gov.my` for every domain below it; in lower case, and none in the `xn--` form, as of mailboxes. */
export const isDomainPattern = (domain: string): boolean =>
  domain.length <= 253 && PATTERN.test(domain) && !/(^|\.)xn--/.test(domain);

/** Below these anybody may have a domain of their own (MYNIC's for Malaysia); `gov.my` and `mil.my` are the state's. */
const OPEN = /^(?:com|co|net|ne|org|or|edu|ac|name|biz|info|me|id)\.[a-z]{2}$/;

/** `*.com.my`: a wildcard that whoever buys a domain would come under. */
export const isOpenToAnybody = (pattern: string): boolean => OPEN.test(pattern.replace(/^\*\./, ""));
