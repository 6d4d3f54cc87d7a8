import type { RoomRoute } from '../shell/routes.ts'
import { accountRoutes } from './account-routes.ts'

export const routes: RoomRoute[] = [...accountRoutes]
