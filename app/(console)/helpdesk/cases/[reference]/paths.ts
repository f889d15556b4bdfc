export const casePath = (reference: string): string => `/helpdesk/cases/${encodeURIComponent(reference)}`;
