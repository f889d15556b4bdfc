export const APPROVALS_PATH = "/approvals";
export const approvalPath = (id: string): string => `${APPROVALS_PATH}/${id}`;
export const statementPath = (id: string): string => `${approvalPath(id)}/statement`;
/** A page of the list, from 1. */
export const approvalsPath = (page: number): string => (page === 1 ? APPROVALS_PATH : `${APPROVALS_PATH}?page=${page}`);
