from django.urls import path

from xiuhua.programmes.lifts.views import money, share_papers, shares

urlpatterns = [
    path("dossiers/<int:pk>/shares/", shares.shares, name="shares"),
    path("dossiers/<int:pk>/shares/try/", shares.try_shares, name="try_shares"),
    path("dossiers/<int:pk>/shares/draft/", shares.draft_scheme, name="draft_scheme"),
    path("dossiers/<int:pk>/shares/limit/", shares.state_limit, name="state_limit"),
    path("dossiers/<int:pk>/shares/<int:number>/adopt/", shares.adopt_scheme, name="adopt_scheme"),
    path("dossiers/<int:pk>/money/", money.money, name="money"),
    path("dossiers/<int:pk>/money/balances/", money.balances, name="balances"),
    path("dossiers/<int:pk>/money/sign/", money.sign_share, name="sign_share"),
    path("dossiers/<int:pk>/money/instalments/", money.plan_instalments, name="plan_instalments"),
    path("dossiers/<int:pk>/money/pay/", money.note_payment, name="note_payment"),
    path("dossiers/<int:pk>/money/refund/", money.note_refund, name="note_refund"),
    path("dossiers/<int:pk>/money/settle/", money.settle_cost, name="settle_cost"),
    path("dossiers/<int:pk>/agreements.pdf", share_papers.agreements, name="agreements"),
    path("dossiers/<int:pk>/flats/<int:flat_id>/agreement.pdf", share_papers.agreement, name="agreement"),
    path("dossiers/<int:pk>/flats/<int:flat_id>/fund.pdf", share_papers.fund_note, name="fund_note"),
    path("payments/<int:payment_id>/receipt.pdf", share_papers.receipt, name="receipt"),
    path("payments/<int:payment_id>/strike/", money.strike_payment, name="strike_payment"),
]
