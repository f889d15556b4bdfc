/**
 * Whether an origin is a real address of the Government: `https`, a host below `.gov.my`, and not one of the made-up
 * ones below `example.gov.my`. Only there may a page call itself an official site.
 */
export function isOfficialOrigin(origin: string): boolean {
  const { protocol, hostname } = new URL(origin);
  return protocol === "https:" && hostname.endsWith(".gov.my") && !/(^|\.)example\.gov\.my$/.test(hostname);
}
