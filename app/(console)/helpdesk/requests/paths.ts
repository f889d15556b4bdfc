export const requestPath = (requestId: string): `/${string}` => `/helpdesk/requests/${requestId}`;
export const ticketPath = (requestId: string): `/${string}` => `${requestPath(requestId)}/ticket`;
