import { z } from 'zod';

export const Index = z.number().int().nonnegative();
export const Term = z.number().int().nonnegative();
