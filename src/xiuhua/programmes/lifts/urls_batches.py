"""Pages about whole blocks: lots, plans, the three roads."""

from django.urls import path

from xiuhua.programmes.lifts.views import batch, batches

urlpatterns = [
    path("batches/", batches.batches, name="batches"),
    path("batches/ways/", batches.three_ways, name="three_ways"),
    path("batches/plans/", batches.plans, name="batch_plans"),
    path("batches/plans/propose/", batches.propose, name="propose_batches"),
    path("batches/plans/<int:pk>/", batches.plan, name="batch_plan"),
    path("batches/plans/<int:pk>/stairwells/", batches.plan_stairwells, name="plan_stairwells"),
    path("batches/plans/<int:pk>/compare/", batches.compare, name="compare_plans"),
    path("batches/plans/<int:pk>/adopt/", batches.adopt, name="adopt_plan"),
    path("batches/<int:pk>/", batch.batch, name="batch"),
    path("batches/<int:pk>/in/", batch.put_in, name="put_in_batch"),
    path("batches/<int:pk>/out/", batch.take_out, name="take_out_of_batch"),
    path("batches/<int:pk>/dissolve/", batch.dissolve, name="dissolve_batch"),
    path("batches/<int:pk>/all/<slug:deed>/", batch.deed, name="batch_deed"),
]
