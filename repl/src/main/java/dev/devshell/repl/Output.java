package dev.devshell.repl;

import dev.devshell.Service;
import dev.devshell.Sync;
import dev.devshell.SyncStatus;
import dev.devshell.session.ServicePlan;
import java.util.List;

/** Writes what a reading command found to standard output, in one format. */
interface Output {
    void services(List<Service> services);

    void status(SyncStatus status);

    void plan(ServicePlan plan);

    void plannedFile(String service, ServicePlan.PlannedFile file);

    void conflicts(List<Sync.Conflict> conflicts);

    void versions(List<Sync.Version> versions);

    void explanation(Sync.Explanation explanation);

    void checks(List<Check> checks);

    void port(String service, int port, Service.Port bound);

    void version(String version, String java);
}
