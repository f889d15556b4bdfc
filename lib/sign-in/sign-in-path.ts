/** The sign-in page that leads back to where one was going. `query` is `""` or `?type=passport`. */
export function signInPath(returnTo: string | null, query = ""): string {
  const parameters = new URLSearchParams(query);
  if (returnTo) parameters.set("returnTo", returnTo);
  return parameters.size > 0 ? `/sign-in?${parameters}` : "/sign-in";
}
