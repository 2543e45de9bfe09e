#define SYNCWRIGHT_INSTANCE
#include "syncwright/core/json_instances.h"
