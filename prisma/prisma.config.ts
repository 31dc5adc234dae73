import path from 'node:path';
import { definePrismaConfig } from '@prisma/cli-engine';
import { defineConfig } from '@prisma/orm-mongo/config';

export const orm = defineConfig({ contract: path.join(import.meta.dirname, 'contract.prisma') });

export default definePrismaConfig({ orm });
