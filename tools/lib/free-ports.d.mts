/** The first of `count` neighbouring ports that nobody holds. */
export function freePorts(count: number): Promise<number>;
